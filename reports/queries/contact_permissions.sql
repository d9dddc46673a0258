-- How many customers may be contacted by any channel, and why the others may not.
select
    permission_name,
    permission_name_zh,
    is_allowed,
    customer_count,
    customer_share

from care.agg_contact_permissions
where channel_code = 'all'
order by permission_order asc
