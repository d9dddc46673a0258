{{ crm_warehouse.accepted('pos', 'store_traffic') }}
