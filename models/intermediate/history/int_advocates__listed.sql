-- Who had spoken for us by each told day, and who still did.
with

advocacies as (

    select * from {{ ref('int_advocacies__dated') }}

),

told_days as (

    select told_on from {{ ref('int_told_days__listed') }}

),

listed as (

    select
        advocacies.customer_id,
        told_days.told_on,
        max(case
            when
                advocacies.until_on is null or advocacies.until_on > told_days.told_on
                then 1
            else 0
        end) = 1 as is_advocate

    from advocacies
    inner join told_days on advocacies.from_on <= told_days.told_on
    group by
        advocacies.customer_id,
        told_days.told_on

)

select * from listed
