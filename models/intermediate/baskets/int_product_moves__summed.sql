-- What each product gained and lost, customer by customer, added up.
with

bought as (

    select * from {{ ref('int_customer_products__summed') }}

    where
        before_line_count > 0
        or window_line_count > 0
        or before_net_sales_amount != 0
        or window_net_sales_amount != 0

),

-- A product without a category is a category of its own.
compared as (

    select
        *,
        window_net_sales_amount - before_net_sales_amount as change_amount,
        {% for period in ('before', 'window') -%}
        sum({{ period }}_line_count) over (
            partition by
                customer_id, category, case when category is null then product_id end
        ) > 0 as is_{{ period }}_buyer,
        {% endfor -%}
        sum(window_net_sales_amount - before_net_sales_amount) over (
            partition by
                customer_id, category, case when category is null then product_id end
        ) - (window_net_sales_amount - before_net_sales_amount) as other_change_amount

    from bought

),

moved as (

    select
        *,
        case
            when is_window_buyer and not is_before_buyer then 'new'
            when is_before_buyer and not is_window_buyer then 'lost'
            when change_amount > 0 then 'increased'
            when change_amount < 0 then 'decreased'
        end as leg_code,
        case
            when is_window_buyer != is_before_buyer then 0
            when change_amount > 0 and other_change_amount < 0
                then least(change_amount, -other_change_amount)
            when change_amount < 0 and other_change_amount > 0
                then -least(-change_amount, other_change_amount)
            else 0
        end as moved_amount

    from compared

),

parted as (

    select
        *,
        change_amount - moved_amount as kept_change_amount
    from moved

),

summed as (

    select
        product_id,
        cast(sum(before_net_sales_amount) as decimal(18, 4)) as before_net_sales_amount,
        cast(sum(window_net_sales_amount) as decimal(18, 4)) as window_net_sales_amount,
        cast(sum(change_amount) as decimal(18, 4)) as change_amount,
        {% for leg in ('new', 'lost', 'increased', 'decreased') -%}
        cast(sum(
            case when leg_code = '{{ leg }}' then kept_change_amount else 0 end
        ) as decimal(18, 4)) as {{ leg }}_amount,
        count(*) filter (
            where leg_code = '{{ leg }}' and change_amount != 0
        ) as {{ leg }}_customer_count,
        {% endfor -%}
        cast(
            sum(case when moved_amount > 0 then moved_amount else 0 end)
            as decimal(18, 4)
        ) as switched_in_amount,
        count(*) filter (where moved_amount > 0) as switched_in_customer_count,
        cast(
            sum(case when moved_amount < 0 then moved_amount else 0 end)
            as decimal(18, 4)
        ) as switched_out_amount,
        count(*) filter (where moved_amount < 0) as switched_out_customer_count

    from parted
    group by product_id

)

select * from summed
