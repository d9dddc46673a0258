{{ crm_warehouse.accepted('crm', 'coupon_redemptions') }}
