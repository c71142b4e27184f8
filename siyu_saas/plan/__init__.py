"""From a package to dated tasks with one owner each, changed with consent, and always a side whose move it is."""
