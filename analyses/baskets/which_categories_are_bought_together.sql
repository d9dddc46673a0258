-- 購物籃分析: categories that are on one ticket more often than by chance, and those
-- that shun each other, which is where a combined offer would be new.
select
    first_category,
    second_category,
    both_ticket_count,
    expected_ticket_count,
    lift_rate,
    chi_squared,
    case
        when is_bought_together then 'together'
        when chi_squared >= least_chi_squared then 'apart'
        else 'by chance'
    end as relation_code

from {{ ref('agg_category_pairs') }}
order by
    leverage_rate desc nulls last,
    first_category asc nulls last,
    second_category asc nulls last
