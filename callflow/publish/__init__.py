"""What is shown of the product as a whole: pages and pictures, made of situations and charts."""
