{{ crm_warehouse.accepted('crm', 'coupons') }}
