-- Returns by month of return and by month of the sale they undo, whole and by reason.
with

returns as (

    select * from {{ ref('int_returns__classed') }}

),

bases as (

    select * from {{ ref('rule_return_bases') }}

),

reasons as (

    select 'all' as breakdown_name

    union all

    select 'reason' as breakdown_name

),

placed as (

    select
        returns.*,
        bases.basis_code,
        {{ month_start(
            "case bases.basis_code when 'sale_cohort' then returns.sold_on"
            ~ " else returns.returned_on end"
        ) }} as calendar_month,
        reasons.breakdown_name,
        case
            when reasons.breakdown_name = 'all' then 'all'
            else coalesce(returns.reason, 'unknown')
        end as breakdown_value

    from returns
    cross join bases
    cross join reasons
    where bases.basis_code = 'return_date' or returns.sold_on is not null

),

summed as (

    select
        basis_code,
        calendar_month,
        breakdown_name,
        breakdown_value,
        count(*) as return_count,
        cast(sum(return_amount) as decimal(18, 4)) as return_amount,
        cast(sum(unit_count) as decimal(18, 6)) as return_unit_count,
        count(distinct sale_transaction_id) as returned_ticket_count,
        count(*) filter (where sale_transaction_id is null) as unlinked_count,
        cast(
            coalesce(sum(return_amount) filter (where sale_transaction_id is null), 0)
            as decimal(18, 4)
        ) as unlinked_amount,
        count(days_to_return) as dated_count,
        cast(sum(days_to_return) as bigint) as days_to_return,
        {{ crm_warehouse.exact_median('days_to_return') }} as median_days_to_return,
        count(distinct case when is_serial then customer_id end)
            as serial_customer_count,
        cast(
            coalesce(sum(return_amount) filter (where is_serial), 0) as decimal(18, 4)
        ) as serial_return_amount

    from placed
    group by all

)

select * from summed
