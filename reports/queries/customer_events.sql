-- How many customers of whom something happened that calls for an answer, by event:
-- since the first day told, or of days to come until the last one.
select
    event_name,
    event_name_zh,
    count(distinct customer_id) as customer_count,
    min(min(event_on)) over () as since_on,
    max(due_on) as until_on

from care.fct_customer_events
group by event_order, event_name, event_name_zh
order by event_order asc, event_name asc
