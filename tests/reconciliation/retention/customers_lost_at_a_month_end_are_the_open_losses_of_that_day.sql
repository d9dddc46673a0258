-- The states of the history and the gaps between purchase days tell the same losses.
with

months as (

    select * from {{ ref('agg_churn_months') }}
    where definition_code = 'activity'

),

losses as (

    select
        customer_id,
        lapsed_on,
        came_back_on

    from {{ ref('fct_churn_reasons') }}
    group by
        customer_id,
        lapsed_on,
        came_back_on

),

counted as (

    select
        months.month_end_on,
        count(losses.customer_id) as open_loss_count

    from months
    left join losses
        on months.month_end_on >= losses.lapsed_on
        and months.month_end_on < coalesce(
            losses.came_back_on,
            {{ crm_warehouse.date_add_days('months.month_end_on', 1) }}
        )
    group by months.month_end_on

)

select
    months.month_end_on,
    months.closing_lost_count,
    counted.open_loss_count

from months
inner join counted on months.month_end_on = counted.month_end_on
where months.closing_lost_count != counted.open_loss_count
