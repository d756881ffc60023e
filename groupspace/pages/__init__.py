"""What a space writes together: pages in a tree, of which every earlier version can be read and put back."""
