"""What is written at the desk, while others write, browsers die and processes are killed."""
