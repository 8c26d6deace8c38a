// The network that dpc has not got. Debian's libgit2 speaks TLS (mbedTLS), SSH (libssh2), HTTP and Kerberos; dpc reads
// repositories on disk only. In a static link these functions stand in for those libraries: what starts and ends them
// succeeds, so that `git_libgit2_init` does, and everything else fails. So there is nothing in the program that could
// reach a network, it starts in a third of the time (no certificates are read, four libraries instead of 23), and needs
// none of them installed.
//
// Only names count here: C has no types in its symbols, and nobody calls what fails. A function that a newer libgit2
// needs besides is an error of the linker, and dpc is linked with shared libraries then (libraries.cmake).
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
DPC_SUCCEEDS(libssh2_exit)
DPC_SUCCEEDS(libssh2_init)
DPC_SUCCEEDS(mbedtls_ctr_drbg_free)
DPC_SUCCEEDS(mbedtls_ctr_drbg_init)
DPC_SUCCEEDS(mbedtls_ctr_drbg_seed)
DPC_SUCCEEDS(mbedtls_entropy_free)
DPC_SUCCEEDS(mbedtls_entropy_init)
DPC_SUCCEEDS(mbedtls_ssl_conf_authmode)
DPC_SUCCEEDS(mbedtls_ssl_conf_ca_chain)
DPC_SUCCEEDS(mbedtls_ssl_conf_ciphersuites)
DPC_SUCCEEDS(mbedtls_ssl_conf_min_version)
DPC_SUCCEEDS(mbedtls_ssl_conf_rng)
DPC_SUCCEEDS(mbedtls_ssl_config_defaults)
DPC_SUCCEEDS(mbedtls_ssl_config_free)
DPC_SUCCEEDS(mbedtls_ssl_config_init)
DPC_SUCCEEDS(mbedtls_ssl_free)
DPC_SUCCEEDS(mbedtls_ssl_init)
DPC_SUCCEEDS(mbedtls_x509_crt_free)
DPC_SUCCEEDS(mbedtls_x509_crt_init)
DPC_SUCCEEDS(mbedtls_x509_crt_parse_file)
DPC_SUCCEEDS(mbedtls_x509_crt_parse_path)
// It asks for the numbers of ciphers until one is known: any number but 0.
DPC_FAILS(mbedtls_ssl_get_ciphersuite_id)

// What a connection would need.
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
DPC_FAILS(mbedtls_ctr_drbg_random)
DPC_FAILS(mbedtls_entropy_func)
DPC_FAILS(mbedtls_ssl_close_notify)
DPC_FAILS(mbedtls_ssl_get_peer_cert)
DPC_FAILS(mbedtls_ssl_get_verify_result)
DPC_FAILS(mbedtls_ssl_handshake)
DPC_FAILS(mbedtls_ssl_read)
DPC_FAILS(mbedtls_ssl_set_bio)
DPC_FAILS(mbedtls_ssl_set_hostname)
DPC_FAILS(mbedtls_ssl_setup)
DPC_FAILS(mbedtls_ssl_write)
DPC_FAILS(mbedtls_strerror)
DPC_FAILS(mbedtls_x509_crt_verify_info)
extern const void* const GSS_C_NT_HOSTBASED_SERVICE;
const void* const GSS_C_NT_HOSTBASED_SERVICE = nullptr;

}  // extern "C"
