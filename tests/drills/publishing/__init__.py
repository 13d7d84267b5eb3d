"""From the desk to the readers: once, at its time, everywhere."""
