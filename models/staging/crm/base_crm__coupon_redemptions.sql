{{ crm_warehouse.judged('crm', 'coupon_redemptions') }}
