-- The median of the own medians of customers with a rhythm: each counts once, however
-- often they buy.
with

rhythms as (

    select * from {{ ref('fct_customer_standings') }}

    where gap_count >= {{ crm_warehouse.checked_integer('rhythm_gap_count', 1, 1000) }}

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
        rhythms.customer_id,
        rhythms.median_gap_days

    from rhythms
    cross join bases
    left join {{ ref('int_main_categories__chosen') }} as main
        on rhythms.customer_id = main.customer_id
    where
        bases.due_basis_code = 'everybody'
        or (bases.due_basis_code = 'category' and main.main_category is not null)

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
