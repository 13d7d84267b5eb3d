"""What is done with many articles at once, and what is told of many: the day book."""
