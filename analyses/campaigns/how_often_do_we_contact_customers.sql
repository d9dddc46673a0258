-- 与客户接触的次数: how many customers got so many contacts in the last year, and answered.
select
    contact_count,
    count(*) as customer_count,
    sum(answered_contact_count) as answered_contact_count,
    {{ safe_ratio('sum(answered_contact_count)', 'sum(contact_count)') }}
        as response_rate

from {{ ref('fct_customers') }}
where contact_count is not null
group by contact_count
order by contact_count asc nulls last
