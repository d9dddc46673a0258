-- Whom to read rankings without, or to look at: one row per flagged customer.
select
    customer_id,
    is_cherry_picker,
    is_bulk_buyer,
    is_house_customer,
    is_house_suspect,
    promo_share,
    ticket_count,
    largest_unit_count,
    bulk_limit_unit_count,
    net_sales_amount

from {{ ref('seg_bargains') }}
where
    is_cherry_picker
    or is_bulk_buyer
    or is_house_customer
    or is_house_suspect
order by net_sales_amount desc nulls last, customer_id asc nulls last
