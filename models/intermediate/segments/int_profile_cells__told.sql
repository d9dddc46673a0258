-- Cells as they may be told, those kept back as one cell of others, beside the whole.
with

folded as (

    select * from {{ ref('int_profile_cells__folded') }}

),

wholes as (

    select * from {{ ref('int_profile_values__counted') }}

),

populations as (

    select distinct
        scheme_code,
        attribute_code,
        population_count,
        population_net_sales_amount,
        population_purchase_day_count

    from wholes

),

summed as (

    select
        scheme_code,
        segment_code,
        attribute_code,
        case when is_folded then 'other' else value_code end as value_code,
        is_folded as is_other,
        segment_customer_count,
        cast(sum(customer_count) as bigint) as customer_count,
        cast(sum(net_sales_amount) as decimal(18, 4)) as net_sales_amount,
        cast(sum(margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount,
        cast(sum(purchase_day_count) as bigint) as purchase_day_count

    from folded
    group by
        scheme_code,
        segment_code,
        attribute_code,
        case when is_folded then 'other' else value_code end,
        is_folded,
        segment_customer_count

),

told as (

    select
        summed.*,
        cast(sum(summed.net_sales_amount) over (
            partition by
                summed.scheme_code, summed.segment_code, summed.attribute_code
        ) as decimal(18, 4)) as segment_net_sales_amount,
        case when not summed.is_other then wholes.customer_count end
            as value_customer_count,
        populations.population_count,
        populations.population_net_sales_amount,
        populations.population_purchase_day_count

    from summed
    inner join populations
        on summed.scheme_code = populations.scheme_code
        and summed.attribute_code = populations.attribute_code
    left join wholes
        on summed.scheme_code = wholes.scheme_code
        and summed.attribute_code = wholes.attribute_code
        and summed.value_code = wholes.value_code

)

select * from told
