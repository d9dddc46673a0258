-- What was bought in the window is offered only as due, and who has told no consent at
-- all gets no offer.
with

offers as (

    select * from {{ ref('lst_next_offers') }}

),

bought as (

    select
        lines.customer_id,
        lines.product_id,
        max(lines.sold_on) as last_bought_on,
        count(distinct lines.sold_on) as bought_day_count

    from {{ ref('fct_transaction_lines') }} as lines
    inner join {{ ref('fct_customers') }} as customers
        on lines.customer_id = customers.customer_id
    where
        lines.quantity > 0
        and not lines.is_return
        and lines.sold_on >= customers.window_start_on
    group by lines.customer_id, lines.product_id

),

customers as (

    select * from {{ ref('dim_customers') }}

)

select
    offers.customer_id,
    offers.product_id

from offers
inner join customers on offers.customer_id = customers.customer_id
left join bought
    on offers.customer_id = bought.customer_id
    and offers.product_id = bought.product_id
where
    (offers.reason_code = 'bought_together' and bought.product_id is not null)
    or (offers.reason_code in ('replenish', 'run_out') and bought.product_id is null)
    or offers.due_on <= bought.last_bought_on
    or offers.offer_on <= offers.as_of_on
    or not (
        customers.has_sms_consent
        or customers.has_email_consent
        or customers.has_phone_consent
    )
    or offers.offer_score <= 0
