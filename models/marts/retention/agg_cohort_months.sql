-- Cohorts by the month of the first purchase, each up to the last month that was seen.
with

cohorts as (

    select * from {{ ref('int_cohorts__counted') }}

),

summed as (

    select * from {{ ref('int_cohort_months__summed') }}

),

months as (

    select
        calendar_month as activity_month,
        calendar_year * 12 + calendar_month_number as month_number,
        count_if(is_told) = count(*) as is_complete_month

    from {{ ref('dim_dates') }}
    group by
        calendar_month,
        calendar_year,
        calendar_month_number
    having count_if(is_told) > 0

),

cells as (

    select
        cohorts.*,
        cast(months.month_number - births.month_number as integer) as months_since,
        months.activity_month,
        months.is_complete_month,
        coalesce(summed.buyer_count, 0) as buyer_count,
        coalesce(summed.purchase_day_count, 0) as purchase_day_count,
        coalesce(summed.net_sales_amount, 0) as net_sales_amount

    from cohorts
    inner join months as births on cohorts.cohort_month = births.activity_month
    inner join months on cohorts.cohort_month <= months.activity_month
    left join summed
        on cohorts.cohort_month = summed.cohort_month
        and months.activity_month = summed.activity_month

),

cumulated as (

    select
        *,
        cast(sum(net_sales_amount) over (
            partition by cohort_month
            order by activity_month asc nulls last
        ) as decimal(18, 4)) as cumulative_net_sales_amount

    from cells

),

told as (

    select
        cohort_month,
        months_since,
        activity_month,
        is_complete_month,
        is_left_censored,
        customer_count,
        buyer_count,
        {{ safe_ratio('buyer_count', 'customer_count') }} as retention_rate,
        purchase_day_count,
        net_sales_amount,
        cumulative_net_sales_amount,
        cast(
            {{ safe_ratio('cumulative_net_sales_amount', 'customer_count') }}
            as decimal(18, 4)
        ) as average_cumulative_net_sales_amount,
        population_count,
        history_start_on,
        as_of_on

    from cumulated

)

select * from told
