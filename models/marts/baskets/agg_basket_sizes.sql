-- 历史购买状况、购买方式: how large tickets are, by channel, payment, hour and weekday.
with

summed as (

    select * from {{ ref('int_basket_sizes__summed') }}

),

wholes as (

    select
        breakdown_code,
        breakdown_value,
        sum(ticket_count) as ticket_count,
        sum(case when size_code is not null then net_sales_amount end)
            as net_sales_amount,
        cast(sum(any_ticket_count) - sum(ticket_count) as bigint)
            as unobserved_ticket_count

    from summed
    group by breakdown_code, breakdown_value

),

told as (

    select
        summed.breakdown_code,
        summed.breakdown_value,
        summed.size_code,
        breakdowns.breakdown_order,
        breakdowns.breakdown_name,
        breakdowns.breakdown_name_zh,
        coalesce(times.value_name, summed.breakdown_value) as value_name,
        coalesce(times.value_name_zh, summed.breakdown_value) as value_name_zh,
        summed.size_name,
        summed.size_name_zh,
        summed.least_item_count,
        summed.ticket_count,
        {{ safe_ratio('summed.ticket_count', 'wholes.ticket_count') }}
            as ticket_share,
        cast(summed.item_count as bigint) as item_count,
        cast(summed.unit_count as decimal(18, 6)) as unit_count,
        cast(summed.net_sales_amount as decimal(18, 4)) as net_sales_amount,
        {{ safe_ratio('summed.net_sales_amount', 'wholes.net_sales_amount') }}
            as net_sales_share,
        cast({{ safe_ratio(
            'summed.net_sales_amount', 'summed.ticket_count'
        ) }} as decimal(18, 4)) as average_net_sales_amount,
        {{ safe_ratio('summed.item_count', 'summed.ticket_count') }}
            as average_item_count,
        {{ safe_ratio('summed.category_count', 'summed.ticket_count') }}
            as average_category_count,
        cast(summed.margin_amount as decimal(18, 4)) as margin_amount,
        {{ safe_ratio('summed.margin_amount', 'summed.margin_known_sales_amount') }}
            as margin_rate,
        cast(wholes.ticket_count as bigint) as value_ticket_count,
        wholes.unobserved_ticket_count,
        terms.as_of_on,
        terms.window_start_on,
        terms.window_month_count

    from summed
    cross join {{ ref('int_basket_terms__told') }} as terms
    inner join wholes
        on summed.breakdown_code = wholes.breakdown_code
        and summed.breakdown_value = wholes.breakdown_value
    inner join {{ ref('rule_basket_breakdowns') }} as breakdowns
        on summed.breakdown_code = breakdowns.breakdown_code
    left join {{ ref('rule_visit_times') }} as times
        on summed.breakdown_code = times.breakdown_code
        and summed.breakdown_value = times.value_code
    where summed.size_code is not null

)

select * from told
