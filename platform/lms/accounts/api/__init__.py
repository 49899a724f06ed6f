"""What the API offers of one's account: thin views over services and selectors."""
