-- After how many days a customer is due: by their own gaps, else those of others.
{% set least = crm_warehouse.checked_integer('rhythm_gap_count', 1, 1000) -%}
with

standings as (

    select * from {{ ref('fct_customer_standings') }}

),

main_categories as (

    select * from {{ ref('int_main_categories__chosen') }}

),

typical as (

    select * from {{ ref('int_due_gaps__typical') }}

),

bases as (

    select * from {{ ref('rule_due_bases') }}

),

offered as (

    select
        standings.customer_id,
        bases.due_basis_code,
        bases.due_basis_order,
        bases.due_basis_name,
        bases.due_basis_name_zh,
        case
            when bases.due_basis_code != 'own' then typical.typical_gap_days
            when standings.gap_count >= {{ least }} then standings.median_gap_days
        end as due_gap_days

    from standings
    cross join bases
    left join main_categories on standings.customer_id = main_categories.customer_id
    left join typical
        on bases.due_basis_code = typical.due_basis_code
        and (
            bases.due_basis_code = 'everybody'
            or main_categories.main_category = typical.main_category
        )

),

ranked as (

    select
        *,
        row_number() over (
            partition by customer_id order by due_basis_order asc nulls last
        ) as offer_rank

    from offered
    where due_gap_days is not null

),

chosen as (

    select
        customer_id,
        due_basis_code,
        due_basis_name,
        due_basis_name_zh,
        due_gap_days

    from ranked
    where offer_rank = 1

)

select * from chosen
