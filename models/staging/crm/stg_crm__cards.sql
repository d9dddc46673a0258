{{ crm_warehouse.accepted('crm', 'cards') }}
