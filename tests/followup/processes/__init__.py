"""What the tests with real processes start: a mail server, a runner that is killed, a worker, beats."""
