-- The package lists a coupon once for each product that it is good for, and the same one
-- may come with several campaigns: a campaign's coupon is one of ours.
select distinct
    coupons.coupon_upc || '-' || coupons.campaign_id as coupon_id,
    cast(coupons.campaign_id as varchar) as campaign_id,
    cast(campaign_descriptions.start_date as date) as valid_from,
    cast(campaign_descriptions.end_date as date) as valid_to
from coupons
inner join campaign_descriptions
    on coupons.campaign_id = campaign_descriptions.campaign_id
order by coupon_id
