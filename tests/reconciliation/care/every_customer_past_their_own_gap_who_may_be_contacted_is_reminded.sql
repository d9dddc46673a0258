-- By the rhythms that the segments tell.
with

listed as (

    select
        customer_id,
        overdue_ratio,
        due_on

    from {{ ref('lst_replenishments') }}
    where scope_code = 'customer'

),

expected as (

    select
        rhythms.customer_id,
        rhythms.overdue_ratio,
        rhythms.next_due_on as due_on

    from {{ ref('seg_regularity') }} as rhythms
    inner join {{ ref('int_customers__contactable') }} as contactable
        on rhythms.customer_id = contactable.customer_id
    where
        rhythms.due_basis_code = 'own'
        and rhythms.recency_days > rhythms.median_gap_days

)

select
    coalesce(listed.customer_id, expected.customer_id) as customer_id,
    listed.overdue_ratio,
    expected.overdue_ratio as expected_ratio

from listed
full outer join expected on listed.customer_id = expected.customer_id
where
    listed.overdue_ratio is distinct from expected.overdue_ratio
    or listed.due_on is distinct from expected.due_on
