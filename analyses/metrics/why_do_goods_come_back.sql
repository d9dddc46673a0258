-- 退單: reasons of returns by what was paid back, of all months together.
select
    breakdown_value as reason,
    sum(return_count) as return_count,
    sum(return_amount) as return_amount,
    sum(return_unit_count) as return_unit_count

from {{ ref('agg_returns') }}
where basis_code = 'return_date' and breakdown_name = 'reason'
group by breakdown_value
order by return_amount desc, reason asc
