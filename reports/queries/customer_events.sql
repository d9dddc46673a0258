-- How many customers of whom something happened that calls for an answer, by event.
select
    event_name,
    event_name_zh,
    count(distinct customer_id) as customer_count

from care.fct_customer_events
group by event_order, event_name, event_name_zh
order by event_order asc, event_name asc
