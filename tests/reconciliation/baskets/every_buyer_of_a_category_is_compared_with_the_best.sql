-- Once each, and no one else; the best are those of their tiers.
with

told as (

    select * from {{ ref('seg_lookalikes') }}

),

bought as (

    select distinct buyers.customer_id
    from {{ ref('fct_customer_standings') }} as buyers
    inner join {{ ref('fct_customer_categories') }} as categories
        on buyers.customer_id = categories.customer_id
    where buyers.is_window_buyer and categories.window_bought_amount > 0

)

select coalesce(told.customer_id, bought.customer_id) as fault
from told
full outer join bought on told.customer_id = bought.customer_id
where
    told.customer_id is null
    or bought.customer_id is null
    or told.similarity_rate not between 0 and 1
    or (told.is_target and told.is_lookalike)
    or (told.is_target and told.similarity_rank is not null)
