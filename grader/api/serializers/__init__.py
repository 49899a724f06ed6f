"""What the API takes and gives, a module for each noun. `grader.api.schema` says how errors look."""
