"""The OpenAPI surface over queries and acts. Not built yet."""
