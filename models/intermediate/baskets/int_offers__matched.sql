-- What goes with the products that a customer bought last, and they have not bought
-- themselves in the window.
with

bought as (

    select
        bought.*,
        terms.most_offer_triggers

    from {{ ref('int_customer_products__summed') }} as bought
    cross join {{ ref('int_basket_terms__told') }} as terms
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

    {% for one, other in (('first', 'second'), ('second', 'first')) -%}
    {% if not loop.first %}union all
    {% endif -%}
    select
        {{ one }}_item_code as trigger_product_id,
        {{ other }}_item_code as product_id,
        {{ one }}_{{ other }}_confidence_rate as buy_rate,
        lift_rate
    from {{ ref('int_basket_pairs__measured') }}
    where level_code = 'product' and is_bought_together
    {% endfor %}
),

matched as (

    select
        triggers.customer_id,
        partners.*

    from triggers
    inner join partners on triggers.product_id = partners.trigger_product_id
    anti join bought
        on triggers.customer_id = bought.customer_id
        and partners.product_id = bought.product_id
    qualify row_number() over (
        partition by triggers.customer_id, partners.product_id
        order by
            partners.buy_rate desc nulls last,
            partners.lift_rate desc nulls last,
            partners.trigger_product_id asc nulls last
    ) = 1

)

select * from matched
