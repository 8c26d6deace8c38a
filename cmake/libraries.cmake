# Which libraries dpc is linked with: dpc_crypto, dpc_libgit2, dpc_sqlite, dpc_zlib.
#
# Static where Debian's archives are at hand (a third of the time to start, and nothing to install beside the program): libgit2
# then with cmake/no_network.cpp in place of its four network libraries. Shared where an archive is missing or another
# libgit2 needs other functions, and with the sanitizers, which know libgit2's leaks by the name of its library.
option(DPC_STATIC "link libgit2, SQLite, OpenSSL's digests, zlib and the C++ library statically, where that works" ON)
add_library(dpc_crypto INTERFACE)
add_library(dpc_libgit2 INTERFACE)
add_library(dpc_sqlite INTERFACE)
add_library(dpc_zlib INTERFACE)

if(DPC_STATIC AND NOT DPC_SANITIZE)
  set(archives "")
  foreach(name IN ITEMS crypto git2 mbedcrypto pcre2-8 sqlite3 z)
    find_library(DPC_ARCHIVE_${name} "lib${name}.a")
    mark_as_advanced(DPC_ARCHIVE_${name})
    list(APPEND archives "${DPC_ARCHIVE_${name}}")
  endforeach()
  if(NOT archives MATCHES "NOTFOUND")
    try_compile(DPC_LINKS_STATICALLY "${CMAKE_BINARY_DIR}/static" SOURCES "${CMAKE_CURRENT_LIST_DIR}/static_link.cpp"
      "${CMAKE_CURRENT_LIST_DIR}/no_network.cpp" CMAKE_FLAGS "-DINCLUDE_DIRECTORIES=${LIBGIT2_INCLUDE_DIRS}"
      LINK_LIBRARIES ${archives} Threads::Threads ${CMAKE_DL_LIBS} m LINK_OPTIONS -static-libstdc++ -static-libgcc
      OUTPUT_VARIABLE DPC_STATIC_LOG)
  endif()
endif()

if(DPC_LINKS_STATICALLY)
  # Its object goes before the archive, which has functions of the same names.
  add_library(dpc_no_network OBJECT "${CMAKE_CURRENT_LIST_DIR}/no_network.cpp")
  target_include_directories(dpc_libgit2 SYSTEM INTERFACE ${LIBGIT2_INCLUDE_DIRS})
  target_link_libraries(dpc_libgit2 INTERFACE $<TARGET_OBJECTS:dpc_no_network> "${DPC_ARCHIVE_git2}" "${DPC_ARCHIVE_mbedcrypto}" "${DPC_ARCHIVE_pcre2-8}"
    "${DPC_ARCHIVE_z}" Threads::Threads)
  target_include_directories(dpc_crypto SYSTEM INTERFACE ${OPENSSL_INCLUDE_DIR})
  target_link_libraries(dpc_crypto INTERFACE "${DPC_ARCHIVE_crypto}" Threads::Threads ${CMAKE_DL_LIBS})
  target_link_libraries(dpc_sqlite INTERFACE "${DPC_ARCHIVE_sqlite3}" Threads::Threads ${CMAKE_DL_LIBS} m)
  target_link_libraries(dpc_zlib INTERFACE "${DPC_ARCHIVE_z}")
  target_link_options(dpc_libgit2 INTERFACE -static-libstdc++ -static-libgcc)
else()
  message(STATUS "dpc is linked with shared libraries")
  target_link_libraries(dpc_crypto INTERFACE OpenSSL::Crypto)
  target_link_libraries(dpc_libgit2 INTERFACE PkgConfig::LIBGIT2)
  target_link_libraries(dpc_sqlite INTERFACE SQLite::SQLite3)
  target_link_libraries(dpc_zlib INTERFACE ZLIB::ZLIB)
endif()
