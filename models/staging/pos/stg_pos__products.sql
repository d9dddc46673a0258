{{ crm_warehouse.accepted('pos', 'products') }}
