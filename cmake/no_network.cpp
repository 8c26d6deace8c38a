// The network that dpc has not got. Debian's libgit2 speaks TLS (mbedTLS), SSH (libssh2), HTTP and Kerberos; dpc reads
// repositories on disk only. In a static link these functions stand in for libgit2's own TLS stream, and for the
// libraries of the rest: what starts and ends them succeeds, so that `git_libgit2_init` does, and everything else
// fails. So there is nothing in the program that could reach a network, it starts in a third of the time (no
// certificates are read, four libraries instead of 23), and needs none of them installed.
//
// Nothing here may stand in for what sets up memory of its caller: of TLS the whole stream is replaced, which would
// trust that mbedTLS had cleared its structures. Only names count: C has no types in its symbols, and nobody calls what
// fails. A function that a newer libgit2 needs besides is an error of the linker, and dpc is linked with shared
// libraries then (libraries.cmake).
extern "C" {

#define DPC_SUCCEEDS(name) \
  int name();              \
  int name() {             \
    return 0;              \
  }
#define DPC_FAILS(name) \
  int name();           \
  int name() {          \
    return -1;          \
  }

// What `git_libgit2_init` and `git_libgit2_shutdown` call.
DPC_SUCCEEDS(git_mbedtls_stream_global_init)
DPC_SUCCEEDS(libssh2_exit)
DPC_SUCCEEDS(libssh2_init)

// What a connection would need.
DPC_FAILS(git_mbedtls__set_cert_location)
DPC_FAILS(git_mbedtls_stream_new)
DPC_FAILS(git_mbedtls_stream_wrap)
DPC_FAILS(gss_delete_sec_context)
DPC_FAILS(gss_display_status)
DPC_FAILS(gss_import_name)
DPC_FAILS(gss_indicate_mechs)
DPC_FAILS(gss_init_sec_context)
DPC_FAILS(gss_release_buffer)
DPC_FAILS(gss_release_name)
DPC_FAILS(gss_release_oid_set)
DPC_FAILS(http_errno_description)
DPC_FAILS(http_parser_execute)
DPC_FAILS(http_parser_init)
DPC_FAILS(http_parser_parse_url)
DPC_FAILS(http_parser_pause)
DPC_FAILS(http_should_keep_alive)
DPC_FAILS(libssh2_agent_connect)
DPC_FAILS(libssh2_agent_disconnect)
DPC_FAILS(libssh2_agent_free)
DPC_FAILS(libssh2_agent_get_identity)
DPC_FAILS(libssh2_agent_init)
DPC_FAILS(libssh2_agent_list_identities)
DPC_FAILS(libssh2_agent_userauth)
DPC_FAILS(libssh2_channel_close)
DPC_FAILS(libssh2_channel_free)
DPC_FAILS(libssh2_channel_open_ex)
DPC_FAILS(libssh2_channel_process_startup)
DPC_FAILS(libssh2_channel_read_ex)
DPC_FAILS(libssh2_channel_set_blocking)
DPC_FAILS(libssh2_channel_write_ex)
DPC_FAILS(libssh2_hostkey_hash)
DPC_FAILS(libssh2_knownhost_checkp)
DPC_FAILS(libssh2_knownhost_free)
DPC_FAILS(libssh2_knownhost_init)
DPC_FAILS(libssh2_knownhost_readfile)
DPC_FAILS(libssh2_session_abstract)
DPC_FAILS(libssh2_session_disconnect_ex)
DPC_FAILS(libssh2_session_free)
DPC_FAILS(libssh2_session_handshake)
DPC_FAILS(libssh2_session_hostkey)
DPC_FAILS(libssh2_session_init_ex)
DPC_FAILS(libssh2_session_last_error)
DPC_FAILS(libssh2_session_method_pref)
DPC_FAILS(libssh2_session_set_blocking)
DPC_FAILS(libssh2_userauth_authenticated)
DPC_FAILS(libssh2_userauth_keyboard_interactive_ex)
DPC_FAILS(libssh2_userauth_list)
DPC_FAILS(libssh2_userauth_password_ex)
DPC_FAILS(libssh2_userauth_publickey)
DPC_FAILS(libssh2_userauth_publickey_fromfile_ex)
DPC_FAILS(libssh2_userauth_publickey_frommemory)
extern const void* const GSS_C_NT_HOSTBASED_SERVICE;
const void* const GSS_C_NT_HOSTBASED_SERVICE = nullptr;

}  // extern "C"
