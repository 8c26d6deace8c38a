SELECT key AS entity FROM port
