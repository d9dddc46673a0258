-- 客户为什么从我这里购买: descriptive, what customers show, not what moves them.
with

customers as (

    select * from {{ ref('fct_customers') }}
    where is_window_buyer

),

drivers as (

    select * from {{ ref('rule_purchase_drivers') }}

),

banded as (

    select
        drivers.driver_code,
        drivers.band_code,
        count(customers.customer_id) as customer_count,
        coalesce(sum(customers.window_net_sales_amount), 0) as net_sales_amount,
        sum(customers.window_margin_amount) as margin_amount,
        sum(customers.window_margin_known_sales_amount) as margin_known_sales_amount,
        coalesce(sum(customers.window_purchase_day_count), 0) as purchase_day_count

    from drivers
    left join {{ ref('int_customer_drivers__measured') }} as measured
        on drivers.driver_code = measured.driver_code
        and case
            when drivers.from_value is null then measured.driver_value is null
            when drivers.from_value <= measured.driver_value
                then coalesce(drivers.below_value > measured.driver_value, true)
        end
    left join customers on measured.customer_id = customers.customer_id
    group by drivers.driver_code, drivers.band_code

),

wholes as (

    select
        count(*) as population_count,
        sum(window_net_sales_amount) as net_sales_amount,
        sum(window_purchase_day_count) as purchase_day_count,
        max(as_of_on) as as_of_on,
        max(window_start_on) as window_start_on,
        max(window_month_count) as window_month_count

    from customers

),

told as (

    select
        drivers.driver_code,
        drivers.band_code,
        drivers.driver_name,
        drivers.driver_name_zh,
        drivers.band_order,
        drivers.band_name,
        drivers.band_name_zh,
        banded.customer_count,
        {{ safe_ratio('banded.customer_count', 'wholes.population_count') }}
            as customer_share,
        cast(banded.net_sales_amount as decimal(18, 4)) as net_sales_amount,
        {{ safe_ratio('banded.net_sales_amount', 'wholes.net_sales_amount') }}
            as net_sales_share,
        {{ safe_ratio('banded.margin_amount', 'banded.margin_known_sales_amount') }}
            as margin_rate,
        cast(
            {{ safe_ratio('banded.net_sales_amount', 'banded.customer_count') }}
            as decimal(18, 4)
        ) as average_net_sales_amount,
        {{ safe_ratio('banded.purchase_day_count', 'banded.customer_count') }}
            as average_purchase_day_count,
        {% for name, sum in (
            ('sales', 'net_sales_amount'), ('frequency', 'purchase_day_count')
        ) -%}
        {{ safe_ratio(
            'cast(banded.' ~ sum ~ ' as decimal(18, 4)) * wholes.population_count',
            'cast(wholes.' ~ sum ~ ' as decimal(18, 4)) * banded.customer_count'
        ) }} as {{ name }}_index,
        {% endfor -%}
        wholes.population_count,
        wholes.as_of_on,
        wholes.window_start_on,
        wholes.window_month_count

    from drivers
    inner join banded
        on drivers.driver_code = banded.driver_code
        and drivers.band_code = banded.band_code
    cross join wholes

)

select * from told
