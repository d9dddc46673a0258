-- A customer is marked exactly when another tier holds the same known amount.
with

pyramid as (

    select * from {{ ref('seg_pyramid') }}

),

amounts as (

    select
        ranked_amount,
        count(distinct tier_code) as tier_count

    from pyramid
    group by ranked_amount

)

select
    pyramid.customer_id,
    pyramid.ranked_amount,
    amounts.tier_count,
    pyramid.is_tie_at_boundary

from pyramid
left join amounts on pyramid.ranked_amount = amounts.ranked_amount
where pyramid.is_tie_at_boundary != coalesce(amounts.tier_count > 1, false)
