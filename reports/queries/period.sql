-- The day that is told, and the window that ends on it.
select
    max(as_of_on) as as_of_on,
    max(window_start_on) as window_start_on,
    max(window_month_count) as window_month_count,
    count(*) as customer_count

from core.fct_customers
