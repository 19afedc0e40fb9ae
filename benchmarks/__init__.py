"""Side by side with other tools, on the same input and machine, in one run."""
