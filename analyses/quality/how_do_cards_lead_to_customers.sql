-- How each card and each ticket leads to a customer, or to nobody, and what to do.
select
    resolution_name,
    resolution_name_zh,
    card_count,
    customer_count,
    ticket_count,
    net_sales_amount,
    house_card_count,
    house_ticket_count,
    house_net_sales_amount,
    action

from {{ ref('card_resolutions') }}
order by resolution_order asc nulls last
