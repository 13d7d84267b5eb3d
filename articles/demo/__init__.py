"""The demo newsroom of `make run`: an imaginary province's news, and the one real page it all started from."""
