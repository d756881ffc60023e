"""Digital social techniques: themes that organisations write together, and the handreiking made of them."""
