-- What goes with the products that a customer bought last, and they have not bought
-- themselves in the window.
with

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

bought as (

    select
        bought.*,
        terms.most_offer_triggers

    from {{ ref('int_customer_products__summed') }} as bought
    cross join terms
    where bought.is_goods and bought.window_line_count > 0

),

triggers as (

    select *
    from bought
    qualify row_number() over (
        partition by customer_id
        order by
            last_bought_on desc nulls last,
            bought_day_count desc nulls last,
            product_id asc nulls last
    ) <= most_offer_triggers

),

partners as (

    select * from {{ ref('int_offer_partners__ranked') }}

),

called_for as (

    select
        triggers.customer_id,
        partners.product_id,
        min(partners.preference) as preference

    from triggers
    inner join partners on triggers.product_id = partners.trigger_product_id
    group by triggers.customer_id, partners.product_id

),

matched as (

    select
        called_for.customer_id,
        partners.trigger_product_id,
        partners.product_id,
        partners.buy_rate,
        partners.lift_rate

    from called_for
    inner join partners
        on called_for.product_id = partners.product_id
        and called_for.preference = partners.preference
    anti join bought
        on called_for.customer_id = bought.customer_id
        and called_for.product_id = bought.product_id

)

select * from matched
