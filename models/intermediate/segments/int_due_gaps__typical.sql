-- The median of the customers' own medians: each customer counts once, however often
-- they buy.
with

gaps as (

    select * from {{ ref('int_purchase_gaps__measured') }}

),

bases as (

    select * from {{ ref('rule_due_bases') }}

),

based as (

    select
        bases.due_basis_code,
        bases.least_customer_count,
        case when bases.due_basis_code = 'category' then main.main_category end
            as main_category,
        gaps.customer_id,
        gaps.median_gap_days

    from gaps
    inner join bases
        on gaps.gap_count >= bases.least_gap_count
        and bases.due_basis_code in ('category', 'everybody')
    left join {{ ref('int_main_categories__chosen') }} as main
        on gaps.customer_id = main.customer_id
    where bases.due_basis_code = 'everybody' or main.main_category is not null

),

ranked as (

    select
        *,
        row_number() over (
            partition by due_basis_code, main_category
            order by median_gap_days asc nulls last, customer_id asc nulls last
        ) as gap_rank,
        count(*) over (partition by due_basis_code, main_category) as customer_count

    from based

),

typical as (

    select
        due_basis_code,
        main_category,
        max(customer_count) as customer_count,
        {{ safe_ratio('sum(median_gap_days)', 'count(*)') }} as typical_gap_days

    from ranked
    where
        gap_rank * 2 between customer_count and customer_count + 2
        and customer_count >= least_customer_count
    group by
        due_basis_code,
        main_category

)

select * from typical
