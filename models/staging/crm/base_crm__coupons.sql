{{ crm_warehouse.judged('crm', 'coupons') }}
