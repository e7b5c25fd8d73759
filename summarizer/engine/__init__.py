"""What answers without a key: the weights of the embedded model and the server that runs them."""
