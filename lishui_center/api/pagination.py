"""Pages of the API's lists."""

from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    """Numbered pages of 50, or up to 100 by `page_size`."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100
