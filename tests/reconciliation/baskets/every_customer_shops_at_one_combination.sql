-- Combinations without others add up to the population of their dimension; a single set
-- has the customers whom the facts show.
with

combinations as (

    select * from {{ ref('agg_cross_shopping') }}

),

added as (

    select
        dimension_code,
        max(population_count) as population_count,
        sum(only_customer_count) as customer_count

    from combinations
    group by dimension_code

),

channels as (

    select
        channel,
        count(distinct customer_id) as customer_count

    from {{ ref('fct_transactions') }}
    where
        not is_return
        and sold_on >= (select max(window_start_on) from {{ ref('fct_customers') }})
    group by channel

)

select dimension_code as fault
from added
where population_count != customer_count

union all

select combinations.combination_name as fault
from combinations
inner join channels on combinations.combination_name = channels.channel
where
    combinations.dimension_code = 'channel'
    and combinations.set_count = 1
    and combinations.customer_count != channels.customer_count
