-- Lines have no number: they are counted as they lie in the file.
select
    cast(basket_id as varchar) as transaction_id,
    cast(row_number() over (partition by basket_id order by file_row_number) as integer)
        as line_number,
    cast(product_id as varchar) as product_id,
    cast(quantity as decimal(18, 6)) as quantity,
    cast(round(sales_value, 2) as decimal(18, 4)) as net_amount,
    cast(round(retail_disc + coupon_match_disc, 2) as decimal(18, 4)) as discount_amount
from transactions
order by
    transaction_id,
    line_number
