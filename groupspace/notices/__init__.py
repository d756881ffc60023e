"""Who is told of what happened: the bell, mail and push, each as little or as much as somebody wants."""
